import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["**/dist/**", "**/node_modules/**"] },
  js.configs.recommended,
  {
    files: ["**/*.js", "**/*.mjs"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: { ...globals.browser } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-var": "error",
      "prefer-const": "error",
      "no-implicit-globals": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-restricted-properties": ["error", ...["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => (
        { property, message: "HTML gets into the page by setHtml of js/shared/dom.js alone" }))],
    },
  },
  { files: ["**/js/shared/dom.js"], rules: { "no-restricted-properties": "off" } },
  { files: ["**/js/*.js", "**/js/tests/*.js", "**/tools/*.mjs"], languageOptions: { globals: { ...globals.node } } },
];
