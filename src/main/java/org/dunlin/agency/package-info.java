/** Collection agencies and lawyers: the file with everything they need, what they report, and the recall. */
@org.springframework.modulith.ApplicationModule(displayName = "Agency")
package org.dunlin.agency;
