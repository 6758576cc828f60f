// app/widgets/landing.h - where the keyboard goes when a page opens.
#pragma once

namespace bordereau::widgets {

/// Whether a key was pressed later than the pointer: what opens now was asked for at the keyboard.
bool by_keys();

/// The next thing drawn that Tab stops at takes the keyboard: a field is entered. After a press of
/// the pointer the keyboard is not seen there, but Tab goes on from it. The last call in a frame
/// counts.
void land_here();

/// Whether what is drawn next takes the keyboard. A page that finds so before it draws anything has
/// just opened, and calls land_here() before what is the better place to begin.
bool landing();

/// What has the keyboard leaves it to what is told to take it in this frame, also where it is drawn
/// after that.
void give_up_keyboard();

/// What is drawn next is drawn although it may be out of sight: land_here() is called in it.
void about_to_land();

}  // namespace bordereau::widgets
