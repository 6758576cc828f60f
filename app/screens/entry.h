// app/screens/entry.h - what first run, unlock and adding a person share: passphrases and a card.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/commands.h"
#include "app/screens/view_types.h"
#include "app/widgets/inputs.h"
#include "storage/base/secret_text.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// A column in the middle with the languages above it. Always call end_entry().
void begin_entry(const char* id, const std::vector<LanguageView>& languages,
                 const std::string& language, Commands& out);
void end_entry();

/// What stands in the place of the pages while a work has the notebook to itself.
void draw_busy(const text::Words& words);

/// Number of characters (code points) of a UTF-8 text.
int characters(std::string_view utf8);

/// A new passphrase, twice. Says what is wrong with it once `tried`. What was done in the second
/// field: Enter there leads on, or stands for the button below.
widgets::Edit draw_new_passphrase(SecretText& passphrase, SecretText& again, int min_characters,
                                  bool tried, const text::Words& words);
bool passphrase_ready(const SecretText& passphrase, const SecretText& again, int min_characters);

}  // namespace bordereau::app
