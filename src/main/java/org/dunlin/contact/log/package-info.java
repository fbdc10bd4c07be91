/** The contact log: written once, never changed after a message is out, and shown to people. */
package org.dunlin.contact.log;
