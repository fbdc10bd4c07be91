/** Whether anything may leave at all: not while a restored back-up might say once more what was said since. */
@org.springframework.modulith.NamedInterface("sending")
package org.dunlin.contact.sending;
