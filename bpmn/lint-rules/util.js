/** True if the element is of the type or of one derived from it; a half-drawn diagram may lack the element. */
function is(node, type) {
  return !!node && (node.$instanceOf ? node.$instanceOf(type) : node.$type === type);
}

function isAny(node, types) {
  return types.some(type => is(node, type));
}

/** The values of the element's extension properties, by name. */
function properties(node) {
  const extensions = (node.extensionElements && node.extensionElements.values) || [];
  const found = {};
  for (const extension of extensions) {
    // With the camunda package at hand the elements are typed; without it they are generic.
    if (extension.$type === 'camunda:Properties' || extension.$type === 'camunda:properties') {
      for (const property of extension.values || extension.$children || []) {
        found[property.name] = property.value;
      }
    }
  }
  return found;
}

function isA(definition) {
  return node => (node.eventDefinitions || []).some(found => is(found, definition));
}

module.exports = { is, isAny, properties, isTimer: isA('bpmn:TimerEventDefinition'), isEscalation: isA('bpmn:EscalationEventDefinition') };
