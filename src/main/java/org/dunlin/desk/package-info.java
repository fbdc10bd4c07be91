/** What people at a desk see: login, start page, and the frame around every page. */
@org.springframework.modulith.ApplicationModule(displayName = "Desk")
package org.dunlin.desk;
