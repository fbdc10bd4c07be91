/** One conversation with a customer, however many cases they have: who speaks, who waits, and whom it covers. */
package org.dunlin.contact.conversation;
