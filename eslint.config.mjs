// What phones of 2021 understand: this fails on newer syntax, and on what only newer browsers offer where a script does
// not ask for it first. Newer functions of strings, arrays and objects are unknown to tsc by `lib` in jsconfig.json.
import compat from "eslint-plugin-compat";

const LOOKING_BEHIND = "Literal[regex.pattern=/\\(\\?<[=!]/], NewExpression[callee.name='RegExp'] Literal[value=/\\(\\?<[=!]/]";
const PHONES = ["chrome 90", "safari 15", "ios_saf 15"];

// Asked for before they are used, in ways the rule does not see; tests/browser/test_old_phones.py takes them away.
const ASKED_FOR = ["navigator.locks", "navigator.storage", "BroadcastChannel"];

export default [
  {
    files: ["static/js/**/*.js"],
    plugins: { compat },
    languageOptions: { ecmaVersion: 2021, sourceType: "module" },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    settings: { targets: PHONES },
    rules: {
      "compat/compat": "error",
      "no-restricted-syntax": ["error", { selector: LOOKING_BEHIND, message: "Safari 15 cannot look behind." }],
    },
  },
  { files: ["static/js/capture/*.js"], settings: { polyfills: ASKED_FOR } },
  { files: ["static/js/worker/*.js", "static/js/farewell.js"], languageOptions: { sourceType: "script" } },
];
