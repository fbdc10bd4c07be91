// The page of the customer beside the form of a task.
import { about, fact, start } from "../../dunlin.js";

const { customers, words } = await about();

const tab = {
  id: "dunlin-customer",
  pluginPoint: "tasklist.task.detail",
  priority: 900,
  properties: { label: words.customer },
  render: async (place, { taskId }) => {
    const customer = await fact("api/customer-of/task/" + encodeURIComponent(taskId));
    if (!customer) {
      place.textContent = words.noCustomer;
      return;
    }
    const frame = document.createElement("iframe");
    frame.className = "dunlin-customer";
    frame.title = words.customer;
    frame.src = start() + customer.page.slice(1);
    place.append(frame);
  },
};

export default customers ? [tab] : [];
