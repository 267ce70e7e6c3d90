import { ButtonStyle } from 'discord-api-types/v10'
import { html, type TemplateResult } from 'lit'
import type { ComponentView, MessageView } from '../../state/page-state.ts'
import type { App } from '../app.ts'

const TYPES: Readonly<Record<number, string>> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'destructive',
}

/** The buttons and select menus under a message. */
export function messageComponents({ id, rows }: MessageView, app: App): TemplateResult[] {
  return rows.map(
    (row) =>
      html`<discord-action-row slot="components">${row.map((each) => control(id, each, app))}</discord-action-row>`,
  )
}

function control(message: string, shown: ComponentView, app: App): TemplateResult {
  if (shown.type === 'button') {
    const { label, style, disabled } = shown
    return html`<discord-button
      type=${TYPES[style] ?? 'secondary'}
      ?disabled=${disabled}
      @click=${() => disabled || void app.useComponent(message, { label })}
      >${label}</discord-button
    >`
  }
  return html`<select-menu
    placeholder=${shown.placeholder}
    .options=${shown.options}
    ?disabled=${shown.disabled}
    @choose=${({ detail }: CustomEvent<string>) => void app.useComponent(message, { value: detail })}
  ></select-menu>`
}
