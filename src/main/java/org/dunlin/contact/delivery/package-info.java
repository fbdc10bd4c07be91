/** What reaches a customer without a human: one worker per channel, one transaction per message, the rules for when to speak. */
@org.springframework.modulith.NamedInterface("delivery")
package org.dunlin.contact.delivery;
