/** Figures for managers: the portfolio by cell of the matrix of segments, and what moved in it. */
@org.springframework.modulith.ApplicationModule(displayName = "Insight")
package org.dunlin.insight;
