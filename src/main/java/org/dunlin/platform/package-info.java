/** Ground for everything: database, engine, models, security, clock and working-day calendar. */
@org.springframework.modulith.ApplicationModule(
        displayName = "Platform",
        type = org.springframework.modulith.ApplicationModule.Type.OPEN)
package org.dunlin.platform;
