/** Everything that brings data in: CSV files by inbox folder or upload. */
@org.springframework.modulith.ApplicationModule(displayName = "Intake")
package org.dunlin.intake;
