/** What happens to a message of which nobody can tell whether it went out. */
@org.springframework.modulith.NamedInterface("clarify")
package org.dunlin.contact.clarify;
