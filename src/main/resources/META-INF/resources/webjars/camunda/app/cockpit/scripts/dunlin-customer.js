// The way from an instance to the page of its customer.
import { about, fact, start } from "../../dunlin.js";

export default {
  id: "dunlin-customer",
  pluginPoint: "cockpit.processInstance.runtime.action",
  priority: 50,
  render: async (place, { processInstanceId }) => {
    const { customers, words } = await about();
    const customer = customers && (await fact("api/customer-of/instance/" + encodeURIComponent(processInstanceId)));
    if (!customer) return;
    const link = document.createElement("a");
    link.className = "btn btn-default btn-toolbar";
    link.href = start() + customer.page.slice(1);
    link.target = "_blank";
    link.title = words.customer;
    link.setAttribute("aria-label", words.customer);
    const icon = document.createElement("span");
    icon.className = "glyphicon glyphicon-user";
    link.append(icon);
    place.append(link);
  },
};
