/** What people at a desk see: start page, contact log. */
@org.springframework.modulith.ApplicationModule(displayName = "Desk")
package org.dunlin.desk;
