// Stands before the file of the same name in Camunda's web applications.
import "../../dunlin.js";
import "./most-urgent-first.js";

export default {
  app: { name: "Tasklist", vendor: "Dunlin" },
  customScripts: ["scripts/dunlin-customer"],
  locales: { availableLocales: ["en", "de", "nl", "fr"], fallbackLocale: "en" },
  disableWelcomeMessage: true,
  shortcuts: {
    claimTask: { key: "ctrl+alt+c", description: "claims the currently selected task" },
    focusFilter: { key: "ctrl+shift+f", description: "set the focus to the first filter in the list" },
    focusList: { key: "ctrl+alt+l", description: "sets the focus to the first task in the list" },
    focusForm: { key: "ctrl+alt+f", description: "sets the focus to the first input field in a task form" },
    startProcess: { key: "ctrl+alt+p", description: "opens the start process modal dialog" },
  },
};
