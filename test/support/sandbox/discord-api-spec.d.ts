/** Types for the schemas that the tests use: the package has none. */
declare module 'discord-api-spec/zod' {
  import type { ZodMiniType } from 'zod/mini'

  export const ApplicationCommandAutocompleteCallbackRequestSchema: ZodMiniType
  export const ApplicationCommandCreateRequestSchema: ZodMiniType
  export const ApplicationCommandPatchRequestPartialSchema: ZodMiniType
  export const ApplicationCommandResponseSchema: ZodMiniType
  export const ApplicationCommandUpdateRequestSchema: ZodMiniType
  export const CommandPermissionsResponseSchema: ZodMiniType
  export const CreateMessageInteractionCallbackRequestSchema: ZodMiniType
  export const CreatePrivateChannelRequestSchema: ZodMiniType
  export const ErrorResponseSchema: ZodMiniType
  export const GatewayBotResponseSchema: ZodMiniType
  export const GatewayResponseSchema: ZodMiniType
  export const GuildAuditLogResponseSchema: ZodMiniType
  export const GuildChannelResponseSchema: ZodMiniType
  export const GuildMemberResponseSchema: ZodMiniType
  export const GuildRoleResponseSchema: ZodMiniType
  export const GuildWithCountsResponseSchema: ZodMiniType
  export const IncomingWebhookInteractionRequestSchema: ZodMiniType
  export const IncomingWebhookUpdateRequestPartialSchema: ZodMiniType
  export const InteractionCallbackResponseSchema: ZodMiniType
  export const MessageCreateRequestSchema: ZodMiniType
  export const MessageEditRequestPartialSchema: ZodMiniType
  export const MessageResponseSchema: ZodMiniType
  export const ModalInteractionCallbackRequestSchema: ZodMiniType
  export const PrivateChannelResponseSchema: ZodMiniType
  export const RatelimitedResponseSchema: ZodMiniType
  export const ThreadResponseSchema: ZodMiniType
  export const UpdateMessageInteractionCallbackRequestSchema: ZodMiniType
  export const UserPIIResponseSchema: ZodMiniType
}
