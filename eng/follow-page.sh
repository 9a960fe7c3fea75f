# Functions for the scripts that follow a page of the documents. Before a script sources this file, it sets step (its name in messages), folder (an empty
# folder) and known_packages. It also sets port if the commands of the page use port 5080.

fail() {
  echo "$step: $1" >&2
  if [[ -n "${2:-}" ]]; then cat "$2" >&2; fi
  exit 1
}

# split_page PAGE [HEADING]: writes each code block of the page, or of the part after the heading, to a file. For example, block 3 becomes the file 3.csharp.
split_page() {
  mkdir "$folder/blocks"
  awk -v folder="$folder/blocks" -v heading="${2:-}" '!heading || $0 == heading { found = 1 } !found { next } /^```/ { if (file) { close(file); file = "" } else { file = folder "/" ++n "." substr($0, 4) }; next } file { print > file }' "$1"
}

# Creates an empty home directory that has only the package sources of the machine. The packages under test come from the source that the page registers.
# Their dependencies come from the existing package folder.
empty_home() {
  local sources="$HOME/.nuget/NuGet/NuGet.Config"
  mkdir -p "$folder/home/.nuget/NuGet"
  if [[ -f "$sources" ]]; then cp "$sources" "$folder/home/.nuget/NuGet/"; fi
  export HOME="$folder/home" DOTNET_CLI_HOME="$folder/home"
  export PATH="$HOME/.dotnet/tools:$PATH" DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false ASPNETCORE_ENVIRONMENT=Development
  printf '<configuration>%s</configuration>\n' \
    "$(if [[ -d "$known_packages" ]]; then echo "<fallbackPackageFolders><add key=\"known\" value=\"$known_packages\" /></fallbackPackageFolders>"; fi)" > "$folder/NuGet.config"
}

# Prints the commands of a block. Only the port is replaced, because it must be free on this machine.
commands() {
  sed "s/:5080/:${port:-5080}/g" "$folder/blocks/$1.shell"
}

type_in() {
  local line
  while IFS= read -r line; do
    echo "\$ $line"
    eval "$line" 2>> "$folder/errors.log" || fail "'$line' fails" "$folder/errors.log"
  done < <(commands "$1")
}
