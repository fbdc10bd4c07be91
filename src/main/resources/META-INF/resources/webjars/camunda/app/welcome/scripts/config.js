// Stands before the file of the same name in Camunda's web applications.
import "../../dunlin.js";

export default {
  app: { name: "Welcome", vendor: "Dunlin" },
  locales: { availableLocales: ["en", "de"], fallbackLocale: "en" },
  disableWelcomeMessage: true,
};
