// The figures of the day on the dashboard, and the money that waits at each activity of a diagram. Both are written by Dunlin's
// own pages, which know who may see them and escape what they show.
import { piece } from "../../dunlin.js";

const figures = {
  id: "dunlin-desk",
  pluginPoint: "cockpit.dashboard",
  priority: 100,
  render: async (place) => {
    place.innerHTML = (await piece("cockpit/desk")) ?? "";
  },
};

const money = {
  id: "dunlin-money",
  pluginPoint: "cockpit.processDefinition.diagram.plugin",
  priority: 100,
  render: async (viewer, { processDefinitionId }) => {
    const html = await piece("cockpit/activities?definition=" + encodeURIComponent(processDefinitionId));
    if (!html) return;
    const template = document.createElement("template");
    template.innerHTML = html;
    const elements = viewer.get("elementRegistry");
    for (const one of template.content.querySelectorAll("[data-activity]")) {
      if (elements.get(one.dataset.activity)) {
        viewer.get("overlays").add(one.dataset.activity, "dunlin-money", { position: { top: -12, left: 0 }, html: one });
      }
    }
  },
};

export default [figures, money];
