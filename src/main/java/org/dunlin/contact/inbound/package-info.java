/** What customers say to us without talking to a person, and the task to answer them. */
@org.springframework.modulith.NamedInterface("inbound")
package org.dunlin.contact.inbound;
