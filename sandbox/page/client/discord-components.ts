import '@skyra/discord-components-core/discord-action-row.js'
import '@skyra/discord-components-core/discord-code.js'
import '@skyra/discord-components-core/discord-embed-description.js'
import '@skyra/discord-components-core/discord-embed-field.js'
import '@skyra/discord-components-core/discord-embed-fields.js'
import '@skyra/discord-components-core/discord-embed-footer.js'
import '@skyra/discord-components-core/discord-header.js'
import '@skyra/discord-components-core/discord-mention.js'
import '@skyra/discord-components-core/discord-messages.js'
import '@skyra/discord-components-core/discord-quote.js'
import '@skyra/discord-components-core/discord-spoiler.js'
import '@skyra/discord-components-core/discord-subscript.js'
import '@skyra/discord-components-core/discord-time.js'
import { DiscordButton } from '@skyra/discord-components-core/discord-button.js'
import { DiscordCommand } from '@skyra/discord-components-core/discord-command.js'
import { DiscordEmbed } from '@skyra/discord-components-core/discord-embed.js'
import { DiscordMessage } from '@skyra/discord-components-core/discord-message.js'
import { css } from 'lit'

// Adds to the components what they lack: keyboard use, and Discord's current colours.

DiscordMessage.addInitializer((message) => {
  message.addController({
    hostUpdated() {
      const link = message.renderRoot?.querySelector<HTMLElement>('.discord-message-ephemeral-link')
      if (!link || link.tabIndex === 0) return
      link.tabIndex = 0
      link.addEventListener('keydown', (event) => {
        if (event.key === 'Enter') link.click()
      })
    },
  })
})

DiscordButton.addInitializer((element) => {
  element.addController({
    hostUpdated() {
      const button = element.renderRoot?.querySelector('button')
      if (button && element instanceof DiscordButton) button.disabled = element.disabled
    },
  })
})

DiscordMessage.elementStyles.push(css`
  :host {
    padding-right: 16px;
  }
  :host(:hover) {
    background-color: var(--hover);
  }
  .discord-message-content {
    min-width: 0;
  }
  .discord-message-timestamp,
  .discord-message-ephemeral {
    color: var(--faint) !important;
  }
  .discord-message-ephemeral .discord-message-ephemeral-link {
    color: var(--link);
  }
  .discord-message-timestamp-hover {
    font-size: 10px;
    flex: none;
  }
`)

DiscordEmbed.elementStyles.push(css`
  :host .discord-embed-wrapper {
    background-color: var(--embed);
    border-color: var(--edge);
    max-width: 560px;
  }
  :host([light-theme]) .discord-embed-wrapper {
    background-color: var(--embed);
  }
  :host .discord-embed-root {
    min-width: 0;
  }
  :host .discord-embed-grid {
    min-width: 0;
    overflow-wrap: anywhere;
  }
`)

DiscordButton.elementStyles.push(css`
  :host > *:first-child {
    height: auto;
    font-family: inherit;
    border-radius: 8px;
    min-width: 40px;
  }
  .secondary {
    background-color: var(--button);
    color: var(--button-text);
  }
  .secondary.hoverable:hover {
    background-color: var(--button-hover);
  }
  button:focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
`)

DiscordCommand.elementStyles.push(css`
  :host .discord-slash-command-name {
    background-color: color-mix(in srgb, var(--accent) 25%, transparent);
    color: var(--link) !important;
  }
  .discord-context-command-name {
    color: var(--link) !important;
    opacity: 1;
  }
  .discord-replied-message-username {
    opacity: 1 !important;
  }
`)
