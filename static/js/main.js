// @ts-check
/** Loads every behaviour. Each finds its own hooks; a page without them costs nothing. */
import "./photo-picker.js";
import "./locate.js";
import "./unit-picker.js";
import "./answers.js";
import "./keep-draft.js";
