/** Text messages, to and from customers. */
@org.springframework.modulith.NamedInterface("sms")
package org.dunlin.contact.sms;
