import { readFileSync } from 'node:fs';

/**
 * @param {string} path the output of vitest's JSON reporter
 * @throws if there is none
 */
export function countVitest(path) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(path, 'utf8'),
  );
  // A file that does not even load has no tests that could fail.
  const broken = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    skipped: numPendingTests + numTodoTests,
  };
}
