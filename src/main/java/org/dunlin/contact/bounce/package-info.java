/** Messages that come back: bounces from a mailbox, and what people report. */
package org.dunlin.contact.bounce;
