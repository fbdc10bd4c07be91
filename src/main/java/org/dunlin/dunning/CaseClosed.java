package org.dunlin.dunning;

/** A case has ended. Published within the closing transaction. */
public record CaseClosed(long caseId, DunningCase.Outcome outcome) {}
