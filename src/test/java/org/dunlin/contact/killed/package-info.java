/** What is left behind by a process that is really killed while it deals with messages. */
@org.jspecify.annotations.NullMarked
package org.dunlin.contact.killed;
