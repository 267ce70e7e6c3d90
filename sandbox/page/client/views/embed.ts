import { html, nothing, type TemplateResult } from 'lit'
import { type Embed, rowsOf } from '../../../rendering/embed.ts'
import { formatTimestamp } from '../../../rendering/timestamp.ts'
import type { FileView } from '../../state/page-state.ts'
import type { App } from '../app.ts'
import { markdown } from './markdown.ts'

/** How many columns Discord lays the fields of an embed out in. */
const COLUMNS = 12

export function embedView(embed: Embed, files: readonly FileView[], app: App): TemplateResult {
  const { color, author, title, url, description, image } = embed
  const name =
    url === ''
      ? markdown(title, app)
      : html`<a class="link" href=${url} target="_blank" rel="noopener noreferrer">${markdown(title, app)}</a>`
  return html`<discord-embed slot="embeds" color=${colour(color)} author-name=${author || nothing}>
    ${title === '' ? nothing : html`<div slot="description" class="embed-title">${name}</div>`}
    ${
      description === ''
        ? nothing
        : html`<discord-embed-description slot="description">${markdown(description, app)}</discord-embed-description>`
    }
    ${fields(embed, app)} ${image === '' ? nothing : imageView(image, files)} ${footer(embed, app)}
  </discord-embed>`
}

function fields(embed: Embed, app: App): TemplateResult | typeof nothing {
  const rows = rowsOf(embed)
  if (rows.length === 0) return nothing
  return html`<discord-embed-fields slot="fields">
    ${rows.map((row) =>
      row.map(({ name, value, inline }, index) => {
        const width = COLUMNS / (inline ? row.length : 1)
        const position = `grid-column: ${index * width + 1} / ${(index + 1) * width + 1}`
        return html`<discord-embed-field style=${position} data-name=${name}>
          <div class="field-name">${markdown(name, app)}</div>
          <div>${markdown(value, app)}</div>
        </discord-embed-field>`
      }),
    )}
  </discord-embed-fields>`
}

/** The image, in the slot of the fields: the component's own image has no alternative text. */
function imageView(image: string, files: readonly FileView[]): TemplateResult {
  const alt = files.find(({ url }) => url === image)?.description || 'An image in the reply'
  return html`<a slot="fields" class="embed-image" href=${image} target="_blank"><img src=${image} alt=${alt} /></a>`
}

function footer({ footer: text, timestamp }: Embed, app: App): TemplateResult | typeof nothing {
  const at = timestamp === '' ? '' : formatTimestamp(Date.parse(timestamp), 'f', app.state.now())
  const parts = [text, at].filter((part) => part !== '')
  return parts.length === 0
    ? nothing
    : html`<discord-embed-footer slot="footer">${parts.join(' • ')}</discord-embed-footer>`
}

function colour(color: number | undefined): string | typeof nothing {
  return color === undefined ? nothing : `#${color.toString(16).padStart(6, '0')}`
}
