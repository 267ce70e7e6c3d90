import { expect, test } from 'vitest'
import { ACTIONS } from '../../../src/core/audit-log/action.ts'
import { canTarget, ENTITY_CLASSES, kindsOn, targetClass } from '../../../src/core/names/entity-class.ts'

test.each([
  [1, 'guild'],
  [11, 'channel'],
  [14, 'channel'],
  [20, 'user'],
  [28, 'user'],
  [31, 'role'],
  [-1, 'user'],
  [51, 'webhook'],
  [72, 'user'],
  [73, 'channel'],
  [83, 'stage'],
  [111, 'channel'],
  [121, 'command'],
  [167, 'guild'],
  [192, 'channel'],
  [26, undefined],
  [40, undefined],
  [171, undefined],
  [999, undefined],
])('the target of kind %i has the class %s', (kind, expected) => {
  expect(targetClass(kind)).toBe(expected)
})

test('a kind can target only its class, or any class if Discord does not say', () => {
  for (const kind of [...ACTIONS.keys(), 999]) {
    const type = targetClass(kind)
    const possible = ENTITY_CLASSES.filter((each) => canTarget(kind, each))
    if (type === undefined) expect(possible).toEqual(ENTITY_CLASSES)
    else if ([72, 74, 75].includes(kind)) expect(possible).toEqual(['user', 'webhook'])
    else expect(possible).toEqual([type])
  }
})

test('the kinds on a class exclude those on other classes, and no unknown kind', () => {
  expect(kindsOn('role').noneOf).not.toContain(31)
  expect(kindsOn('role').noneOf).toEqual(expect.arrayContaining([1, 11, 20, 72]))
  expect(kindsOn('role').noneOf).not.toContain(26)
  expect(kindsOn('webhook').noneOf).not.toContain(72)
})
