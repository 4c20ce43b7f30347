import { HtmlValidate } from 'html-validate';

const checker = new HtmlValidate({
  extends: ['html-validate:standard'],
  rules: {
    // The way of writing, not faults.
    'void-style': 'off',
    'no-trailing-whitespace': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'long-title': 'off',
    'no-inline-style': 'error',
    // Chromium and screen readers need the roles once a table is shown as blocks.
    'no-redundant-role': 'off',
    'prefer-native-element': 'off',
  },
});

/** What the grammar of HTML and the rules of ARIA don't allow in a page. */
export async function htmlFaults(html: string): Promise<string[]> {
  const { results } = await checker.validateString(html);
  return results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `${line}: ${ruleId}: ${message}`));
}
