const { is, properties, isTimer, isEscalation } = require('../util');

const RUNGS = [10, 20, 30, 40, 50, 60, 70];
const WAIT = /^\$\{workdays\.(after|afterDays)\(execution, [1-9]\d?\)\}$|^\$\{workdays\.afterReceipt\(execution, [1-9], [1-9]\d?\)\}$/;

/**
 * Ladders (processes whose name begins with "Ladder") start with a wait, have a wait between any two rungs, and their rungs
 * ascend on the one scale of all ladders. A letter in place of an e-mail stands on the rung of the e-mail.
 */
module.exports = function() {
  return {
    check(node, reporter) {
      if (is(node, 'bpmn:Process') && (node.name || '').startsWith('Ladder')) {
        checkLadder(node, reporter);
      }
    }
  };
};

function checkLadder(ladder, reporter) {
  const elements = ladder.flowElements || [];
  for (const node of elements) {
    if (isStep(node) && !RUNGS.includes(rungOf(node))) {
      reporter.report(node.id, `Rung is missing or not one of ${RUNGS.join(', ')}`);
    }
    if (is(node, 'bpmn:IntermediateCatchEvent') && isTimer(node)) {
      const date = node.eventDefinitions[0].timeDate;
      if (!date || !WAIT.test(date.body || '')) {
        reporter.report(node.id, 'A wait is a timer with the date ${workdays.after(execution, 3)}, 3 being the working days, '
          + '${workdays.afterDays(execution, 14)}, or ${workdays.afterReceipt(execution, 3, 14)}');
      }
    }
    if (is(node, 'bpmn:BoundaryEvent')) {
      for (const letter of next(node).filter(isStep)) {
        if (rungOf(letter) !== rungOf(node.attachedToRef)) {
          reporter.report(letter.id, `Stands in for ${node.attachedToRef.id} and so has its rung, ${rungOf(node.attachedToRef)}`);
        }
      }
    }
  }
  for (const start of elements.filter(node => is(node, 'bpmn:StartEvent'))) {
    climb(start, { rung: 0, waited: false, seen: [] }, reporter);
  }
}

/** Follows every way from here; `waited` says whether a wait has passed since the last rung. */
function climb(node, { rung, waited, seen }, reporter) {
  if (seen.includes(node)) {
    reporter.report(node.id, 'A ladder does not lead back: rungs ascend');
    return;
  }
  let here = { rung, waited, seen: [...seen, node] };
  if (isTimer(node) && is(node, 'bpmn:IntermediateCatchEvent')) {
    here.waited = true;
  }
  if (isStep(node)) {
    if (!waited) {
      reporter.report(node.id, 'There is no wait before this rung');
    }
    if (rungOf(node) <= rung) {
      reporter.report(node.id, `Rung ${rungOf(node)} does not ascend: the one before is ${rung}`);
    }
    here = { ...here, rung: rungOf(node), waited: false };
  }
  for (const following of next(node)) {
    climb(following, here, reporter);
  }
}

function isStep(node) {
  return is(node, 'bpmn:Activity') || (is(node, 'bpmn:EndEvent') && isEscalation(node));
}

function rungOf(node) {
  return Number(properties(node).rung);
}

function next(node) {
  return (node.outgoing || []).map(flow => flow.targetRef).filter(Boolean);
}
