import {
  type APIModalInteractionResponse,
  ComponentType,
  type ModalSubmitInteraction,
  InteractionResponseType as Response,
  TextInputStyle,
} from 'discord.js'
import type { Form } from '../../command/component.ts'

/** The custom id of the line in every form. */
const LINE = 'text'

/**
 * The response that shows the form of a component, as a modal.
 * https://docs.discord.com/developers/components/reference#label
 * @param customId the component's. Discord sends it with what is typed, so a form also works after a restart
 */
export function formResponse(customId: string, form: Form): APIModalInteractionResponse {
  const { title, label, description, placeholder, maxLength } = form
  return {
    type: Response.Modal,
    data: {
      custom_id: customId,
      title,
      components: [
        {
          type: ComponentType.Label,
          label,
          description,
          component: {
            type: ComponentType.TextInput,
            custom_id: LINE,
            style: TextInputStyle.Short,
            required: true,
            max_length: maxLength,
            ...(placeholder !== undefined && { placeholder }),
          },
        },
      ],
    },
  }
}

/** What was typed into the line of a form; undefined if Discord did not send it. */
export function typedIn({ fields }: ModalSubmitInteraction): string | undefined {
  const line = fields.fields.get(LINE)
  // discord.js does not check its type.
  const value: unknown = line && 'value' in line ? line.value : undefined
  return typeof value === 'string' ? value : undefined
}
