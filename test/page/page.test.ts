import { describe } from 'vitest'
import { WITHOUT_BROWSER } from '../../sandbox/browser.ts'
import { withPage } from '../support/page/open-page.ts'
import { answerTests } from './answer-tests.ts'
import { formTests } from './form-tests.ts'
import { usageTests } from './usage-tests.ts'

// One browser, one bundle and one Custos for all tests of the page.
describe.skipIf(WITHOUT_BROWSER)('the page', { timeout: 60_000 }, () => {
  const page = withPage()
  describe('shows answers', () => answerTests(page))
  describe('shows a form that', () => formTests(page))
  describe('can be used', () => usageTests(page))
})
