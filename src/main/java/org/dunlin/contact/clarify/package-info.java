/** What happens to a message of which nobody can tell whether it went out. */
package org.dunlin.contact.clarify;
