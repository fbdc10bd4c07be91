/** Profiles of customers, and the scores and segments concluded from them. */
@org.springframework.modulith.ApplicationModule(displayName = "Scoring")
package org.dunlin.scoring;
