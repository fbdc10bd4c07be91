/** The words of messages, in the customer's language. */
package org.dunlin.contact.text;
