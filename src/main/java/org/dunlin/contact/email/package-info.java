/** E-mail: the worker, its one transaction per message, the wording and the way to the mail server. */
package org.dunlin.contact.email;
