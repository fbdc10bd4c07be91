/** The demo: a believable portfolio, a mail server of its own, a clock that can be moved, a summary on the console. */
@org.springframework.modulith.ApplicationModule(displayName = "Demo")
package org.dunlin.demo;
