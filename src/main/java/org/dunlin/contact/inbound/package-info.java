/** What customers say to us without talking to a person, and the task to answer them. */
package org.dunlin.contact.inbound;
