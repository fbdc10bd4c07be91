/** The contact log for people and programs. */
package org.dunlin.contact.pages;
