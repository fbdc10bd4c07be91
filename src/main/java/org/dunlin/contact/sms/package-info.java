/** Text messages, to and from customers. */
package org.dunlin.contact.sms;
