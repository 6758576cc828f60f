// app/screens/entry.h - what first run, unlock and adding a person share: passphrases and a card.
#pragma once

#include <string>
#include <vector>

#include "app/commands.h"
#include "app/screens/view_types.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// A column in the middle with the languages above it. Always call end_entry().
void begin_entry(const char* id, const std::vector<LanguageView>& languages,
                 const std::string& language, Commands& out);
void end_entry();

/// Number of characters (code points) of a UTF-8 text.
int characters(const std::string& utf8);

/// A new passphrase, twice. Says what is wrong with it once `tried`.
void draw_new_passphrase(std::string& passphrase, std::string& again, int min_characters,
                         bool tried, const text::Words& words);
bool passphrase_ready(const std::string& passphrase, const std::string& again, int min_characters);

/// Overwrites the bytes before letting them go, so that they do not linger in memory.
void wipe(std::string& secret);

}  // namespace bordereau::app
