/** E-mail: the worker, its one transaction per message, the wording and the way to the mail server. */
@org.springframework.modulith.NamedInterface("email")
package org.dunlin.contact.email;
