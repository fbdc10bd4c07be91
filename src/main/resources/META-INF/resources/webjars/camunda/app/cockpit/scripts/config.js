// Stands before the file of the same name in Camunda's web applications.
import "../../dunlin.js";

export default {
  app: { name: "Cockpit", vendor: "Dunlin" },
  customScripts: ["scripts/dunlin-desk", "scripts/dunlin-customer"],
  locales: { availableLocales: ["en", "de"], fallbackLocale: "en" },
  disableWelcomeMessage: true,
};
