import { GatewayOpcodes as Op } from 'discord-api-types/v10'

const TEXT = new TextEncoder()

/** Whole frames, by name. None of them should end the connection. */
export const ODD_PAYLOADS: readonly (readonly [string, string | Uint8Array])[] = [
  ['text that is not JSON', 'Bad gateway'],
  ['an empty frame', ''],
  ['JSON that is cut off', '{"op":0,"t":"READY","d":'],
  ['JSON that is null', 'null'],
  ['JSON that is a number', '10'],
  ['JSON that is a list', '[{"op":7}]'],
  ['a binary frame of garbage', new Uint8Array([0, 255, 1, 254, 0, 0, 255, 255])],
  ['a binary frame of JSON', TEXT.encode('{"op":1,"d":null}')],
  ['an unknown op', '{"op":99,"d":null}'],
  ['an op that is text', '{"op":"7","d":null}'],
  ['no op', '{"t":"GUILD_DELETE","d":{"id":"1"}}'],
  ['a dispatch without a name', '{"op":0,"s":null,"d":{"id":"1"}}'],
  ['a dispatch whose name is a list', '{"op":0,"s":null,"t":["READY"],"d":null}'],
  ['a sequence number that is text', '{"op":0,"s":"many","t":"TYPING_START","d":{}}'],
  ['a sequence number that is infinite', '{"op":0,"s":1e400,"t":"TYPING_START","d":{}}'],
  ['a negative sequence number', '{"op":0,"s":-5,"t":"TYPING_START","d":{}}'],
  ['a sequence number that is a fraction', '{"op":0,"s":1e15.5,"t":"TYPING_START","d":{}}'],
  [
    'data nested too deeply',
    `{"op":0,"s":null,"t":"GUILD_CREATE","d":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
  ],
  ['a frame of a megabyte', `{"op":0,"s":null,"t":"GUILD_UPDATE","d":"${'x'.repeat(1_000_000)}"}`],
  ...[null, '""', '"soon"', '[]', '{}', '{"heartbeat_interval":0}', '{"heartbeat_interval":1e400}'].map(
    (data) => [`a second HELLO with ${data}`, `{"op":${Op.Hello},"d":${data}}`] as const,
  ),
  ...[null, '"odd"', '[]', '{"seq":1}', '1e400'].flatMap((data) => [
    [`a heartbeat acknowledged with ${data}`, `{"op":${Op.HeartbeatAck},"d":${data}}`] as const,
    [`a heartbeat requested with ${data}`, `{"op":${Op.Heartbeat},"d":${data}}`] as const,
  ]),
]
