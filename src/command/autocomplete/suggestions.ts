import type { ArchiveReader } from '../../core/archive.ts'
import { type ActionList, completeActions } from '../../core/audit-log/suggest-actions.ts'
import type { ParseContext } from '../../core/time/bound.ts'
import { findPresets, PRESET_RULES, type Preset } from '../../core/watch/presets.ts'
import { MAX_CHOICE_LENGTH, type Suggestion, type Suggests } from '../option.ts'
import { entrySuggestions } from './entries.ts'
import { nameSuggestions } from './names.ts'
import { timeZoneSuggestions } from './time-zones.ts'
import { timeSuggestions } from './times.ts'
import { timeOfDaySuggestions } from './times-of-day.ts'
import { watchSuggestions } from './watches.ts'

/** How many choices Discord shows. https://docs.discord.com/developers/interactions/receiving-and-responding */
const MAX_SUGGESTIONS = 25

/** The suggestions for the text typed so far, best first. */
export async function suggestionsFor(
  suggests: Suggests,
  typed: string,
  context: ParseContext,
  archive: ArchiveReader,
): Promise<Suggestion[]> {
  switch (suggests) {
    case 'actions': {
      const counts = await archive.countByKind(context.guildId, {})
      const seen = new Set(counts.map(({ key }) => key))
      return completeActions(typed, seen, MAX_CHOICE_LENGTH).slice(0, MAX_SUGGESTIONS).map(actionSuggestion)
    }
    case 'alert actions': {
      const actions = await suggestionsFor('actions', typed, context, archive)
      return [...findPresets(typed).map(presetSuggestion), ...actions].slice(0, MAX_SUGGESTIONS)
    }
    case 'names':
      return nameSuggestions(typed, context, archive, MAX_SUGGESTIONS)
    case 'members':
      return nameSuggestions(typed, context, archive, MAX_SUGGESTIONS, 'user')
    case 'entries':
      return (await entrySuggestions(typed.trim(), context, archive)).slice(0, MAX_SUGGESTIONS)
    case 'time zones':
      return timeZoneSuggestions(typed, context, MAX_SUGGESTIONS)
    case 'times of day':
      return timeOfDaySuggestions(typed, context)
    case 'feeds':
      return watchSuggestions('feed', typed, context, archive)
    case 'alerts':
      return watchSuggestions('alert', typed, context, archive)
    case 'digests':
      return watchSuggestions('digest', typed, context, archive)
    default:
      return timeSuggestions(typed, suggests, context).slice(0, MAX_SUGGESTIONS)
  }
}

function presetSuggestion(preset: Preset): Suggestion {
  const { label } = PRESET_RULES[preset]
  return { name: `${label} (ready rule)`, value: label }
}

function actionSuggestion({ text, last, isAlone }: ActionList): Suggestion {
  const remark = last.type === 'action' ? last.also : last.type
  return { name: isAlone && remark !== undefined ? `${text} (${remark})` : text, value: text }
}
